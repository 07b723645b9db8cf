import type { DeskEvent } from "./api/events"
import type { Order } from "./api/orders"

/** An order of two lines with delivery, for tests. */
export function madeOrder(changes: Partial<Order> = {}): Order {
  return {
    id: 7,
    order_number: "DX-AAAAA-BBBBB",
    status: "open",
    next_statuses: ["packed", "shipped", "completed"],
    delivery_type: "delivery",
    tracking_number: "",
    currency: "KZT",
    subtotal: "30000.00",
    shipping: "1500.00",
    total: "31500.00",
    refunded: "0.00",
    can_refund: true,
    customer: { id: 5, name: "Aigerim S", email: "aigerim@example.com", phone: null },
    shipping_address: null,
    items: [line(31, "product", "Trail shoes", 2, "10000.00"), line(32, "ticket", "Night run", 1, "10000.00")],
    history: [],
    refunds: [],
    refund_requests: [],
    placed_at: "2026-09-01T10:00:00Z",
    paid_at: "2026-09-01T10:05:00Z",
    shipped_at: null,
    completed_at: null,
    canceled_at: null,
    ...changes,
  }
}

function line(id: number, item_type: "product" | "ticket", title: string, quantity: number, unit_price: string): Order["items"][number] {
  const total_price = `${Number(unit_price) * quantity}.00`
  return { id, item_type, title, options: {}, image: null, quantity, refunded_quantity: 0, unit_price, total_price }
}

/** A draft at a place with one kind of ticket, for tests. */
export function madeEvent(changes: Partial<DeskEvent> = {}): DeskEvent {
  return {
    id: 5,
    slug: "night-run",
    title: "Night run",
    description: "<p>Ten kilometres.</p>",
    category: { slug: "running", name: "Running" },
    format: "offline",
    status: "draft",
    start_datetime: "2027-06-12T14:00:00Z",
    end_datetime: "2027-06-12T18:00:00Z",
    timezone: "Asia/Almaty",
    capacity: null,
    places_taken: 0,
    is_free: false,
    refund_until_hours: null,
    market: "KZ",
    cover: null,
    location: { country: "KZ", city: "Almaty", address: "Medeu rink", map_url: "", latitude: null, longitude: null },
    online_info: null,
    ticket_types: [
      {
        id: 11,
        name: "10 km",
        description: "",
        price: "7000.00",
        currency: "KZT",
        quantity_total: 300,
        quantity_held: 0,
        quantity_sold: 12,
        sales_start: "2027-03-01T00:00:00Z",
        sales_end: "2027-06-12T12:00:00Z",
        max_per_order: 5,
        position: 0,
      },
    ],
    missing: [],
    published_at: null,
    finished_at: null,
    canceled_at: null,
    created_at: "2027-01-01T00:00:00Z",
    updated_at: "2027-01-01T00:00:00Z",
    ...changes,
  }
}
