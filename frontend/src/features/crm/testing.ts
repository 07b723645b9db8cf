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
