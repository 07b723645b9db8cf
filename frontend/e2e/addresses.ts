/** One of each thing of the demo data, as the addresses name them. */
export interface Demo {
  event: string
  organizer: string
  product: string
  order: string
  unpaidOrder: string
  ticket: number
  deskOrder: number
  deskEvent: number
  draftEvent: number
  deskProduct: number
  customer: number
  mailing: number
  draftMailing: number
}

interface Visit {
  as: "guest" | "buyer" | "organizer"
  /** The states of the page that an address can name. */
  at: (demo: Demo) => string[]
}

/** Every route of the router's tree, with whom to be and where to go to see it. A test compares the two. */
export const addresses: Record<string, Visit> = {
  "/": { as: "guest", at: () => ["/"] },
  "/events": { as: "guest", at: () => ["/events", "/events?q=nothing-of-this-name", "/events?is_free=true&format=offline", "/events?view=map"] },
  "/events/$slug": { as: "guest", at: ({ event }) => [`/events/${event}`] },
  "/shop": { as: "guest", at: () => ["/shop", "/shop?q=nothing-of-this-name", "/shop?in_stock=true&ordering=price"] },
  "/shop/$slug": { as: "guest", at: ({ product }) => [`/shop/${product}`] },
  "/search": { as: "guest", at: () => ["/search", "/search?q=run", "/search?q=nothing-of-this-name"] },
  "/organizers/$slug": { as: "guest", at: ({ organizer }) => [`/organizers/${organizer}`] },
  "/basket": { as: "buyer", at: () => ["/basket"] },
  "/checkout": { as: "buyer", at: () => ["/checkout"] },
  "/sign-in": { as: "guest", at: () => ["/sign-in"] },
  "/sign-in/google": { as: "guest", at: () => ["/sign-in/google"] },
  "/sign-up": { as: "guest", at: () => ["/sign-up"] },
  "/forgot-password": { as: "guest", at: () => ["/forgot-password"] },
  "/reset-password": { as: "guest", at: () => ["/reset-password", "/reset-password#token=abc"] },
  "/confirm-email": { as: "guest", at: () => ["/confirm-email", "/confirm-email#token=abc"] },
  "/unsubscribe": { as: "guest", at: () => ["/unsubscribe"] },
  "/privacy": { as: "guest", at: () => ["/privacy"] },
  "/orders": { as: "buyer", at: () => ["/orders"] },
  "/orders/$number": { as: "buyer", at: ({ order, unpaidOrder }) => [`/orders/${order}`, `/orders/${unpaidOrder}`] },
  "/orders/$number/pay": { as: "buyer", at: ({ unpaidOrder }) => [`/orders/${unpaidOrder}/pay`] },
  "/tickets": { as: "buyer", at: () => ["/tickets", "/tickets?when=past"] },
  "/tickets/$ticketId": { as: "buyer", at: ({ ticket }) => [`/tickets/${ticket}`] },
  "/notifications": { as: "buyer", at: () => ["/notifications"] },
  "/addresses": { as: "buyer", at: () => ["/addresses"] },
  "/security": { as: "buyer", at: () => ["/security"] },
  "/profile": { as: "buyer", at: () => ["/profile"] },
  "/become-organizer": { as: "buyer", at: () => ["/become-organizer"] },
  "/crm": { as: "organizer", at: () => ["/crm"] },
  "/crm/orders": { as: "organizer", at: () => ["/crm/orders", "/crm/orders?q=nothing-of-this-name"] },
  "/crm/orders/$orderId": { as: "organizer", at: ({ deskOrder }) => [`/crm/orders/${deskOrder}`] },
  "/crm/events": { as: "organizer", at: () => ["/crm/events"] },
  "/crm/events/new": { as: "organizer", at: () => ["/crm/events/new"] },
  "/crm/events/$eventId": { as: "organizer", at: ({ deskEvent, draftEvent }) => [`/crm/events/${deskEvent}`, `/crm/events/${draftEvent}`] },
  "/crm/events/$eventId/edit": { as: "organizer", at: ({ deskEvent }) => [`/crm/events/${deskEvent}/edit`] },
  "/crm/events/$eventId/attendees": { as: "organizer", at: ({ deskEvent }) => [`/crm/events/${deskEvent}/attendees`] },
  "/crm/products": { as: "organizer", at: () => ["/crm/products"] },
  "/crm/products/new": { as: "organizer", at: () => ["/crm/products/new"] },
  "/crm/customers/import": { as: "organizer", at: () => ["/crm/customers/import"] },
  "/crm/exports": { as: "organizer", at: () => ["/crm/exports"] },
  "/crm/products/import": { as: "organizer", at: () => ["/crm/products/import"] },
  "/crm/products/$productId": { as: "organizer", at: ({ deskProduct }) => [`/crm/products/${deskProduct}`] },
  "/crm/check-in": { as: "organizer", at: ({ deskEvent }) => ["/crm/check-in", `/crm/check-in?event=${deskEvent}`] },
  "/crm/customers": { as: "organizer", at: () => ["/crm/customers"] },
  "/crm/customers/$customerId": { as: "organizer", at: ({ customer }) => [`/crm/customers/${customer}`] },
  "/crm/mailings": { as: "organizer", at: () => ["/crm/mailings"] },
  "/crm/mailings/new": { as: "organizer", at: ({ deskEvent }) => ["/crm/mailings/new", `/crm/mailings/new?event=${deskEvent}`] },
  "/crm/mailings/$mailingId": { as: "organizer", at: ({ mailing, draftMailing }) => [`/crm/mailings/${mailing}`, `/crm/mailings/${draftMailing}`] },
  "/crm/tasks": { as: "organizer", at: () => ["/crm/tasks", "/crm/tasks?view=list"] },
  "/crm/settings": { as: "organizer", at: () => ["/crm/settings"] },
}
