import { createRoute, lazyRouteComponent } from "@tanstack/react-router"
import { loadTexts } from "@/lib/i18n"
import { day, integer, oneOf, searchParams, text } from "@/lib/search-params"
import { deskRoute } from "./layouts"

export const dashboardRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/",
  validateSearch: searchParams({ date_from: day, date_to: day, event: integer({ min: 1 }) }),
  loader: () => loadTexts("crm", "desk", "exports"),
  component: lazyRouteComponent(() => import("../pages/desk-dashboard-page"), "DeskDashboardPage"),
})

export const deskOrdersRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/orders",
  validateSearch: searchParams({
    q: text(100),
    status: oneOf("open", "packed", "shipped", "completed", "canceled"),
    ordering: oneOf("-paid_at", "paid_at", "-total", "total"),
    customer: integer({ min: 1 }),
    date_from: day,
    date_to: day,
    page: integer({ min: 1, max: 10_000 }),
  }),
  loader: () => loadTexts("crm", "desk", "exports"),
  component: lazyRouteComponent(() => import("../pages/desk-orders-page"), "DeskOrdersPage"),
})

export const deskOrderRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/orders/$orderId",
  loader: () => loadTexts("crm", "desk"),
  component: lazyRouteComponent(() => import("../pages/desk-order-page"), "DeskOrderPage"),
})

export const deskProductsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/products",
  validateSearch: searchParams({
    q: text(100),
    category: text(60),
    state: oneOf("shown", "hidden", "low"),
    ordering: oneOf("title", "-title", "price", "-price", "stock", "-stock", "sales", "-sales"),
    page: integer({ min: 1, max: 10_000 }),
  }),
  loader: () => loadTexts("crm", "goods", "exports"),
  component: lazyRouteComponent(() => import("../pages/desk-products-page"), "DeskProductsPage"),
})

export const deskNewProductRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/products/new",
  loader: () => loadTexts("crm", "goods"),
  component: lazyRouteComponent(() => import("../pages/desk-new-product-page"), "DeskNewProductPage"),
})

export const deskImportRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/products/import",
  validateSearch: searchParams({ table: integer({ min: 1 }) }),
  loader: () => loadTexts("crm", "imports"),
  component: lazyRouteComponent(() => import("../pages/desk-import-page"), "DeskGoodsImportPage"),
})

export const deskProductRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/products/$productId",
  loader: () => loadTexts("crm", "goods"),
  component: lazyRouteComponent(() => import("../pages/desk-product-page"), "DeskProductPage"),
})

export const deskCheckInRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/check-in",
  validateSearch: searchParams({ event: integer({ min: 1 }) }),
  // No other texts: these are kept on the device for a door without a network.
  loader: () => loadTexts("crm"),
  component: lazyRouteComponent(() => import("../pages/desk-check-in-page"), "DeskCheckInPage"),
})

export const deskExportsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/exports",
  validateSearch: searchParams({ page: integer({ min: 1, max: 10_000 }) }),
  loader: () => loadTexts("crm", "exports"),
  component: lazyRouteComponent(() => import("../pages/desk-exports-page"), "DeskExportsPage"),
})

export const deskCustomersRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/customers",
  validateSearch: searchParams({
    q: text(100),
    tag: text(40),
    ordering: oneOf("-last_order_at", "last_order_at", "-spent", "spent", "-orders", "orders", "name", "-name"),
    page: integer({ min: 1, max: 10_000 }),
  }),
  loader: () => loadTexts("crm", "desk", "exports"),
  component: lazyRouteComponent(() => import("../pages/desk-customers-page"), "DeskCustomersPage"),
})

export const deskCustomerImportRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/customers/import",
  validateSearch: searchParams({ table: integer({ min: 1 }) }),
  loader: () => loadTexts("crm", "imports"),
  component: lazyRouteComponent(() => import("../pages/desk-import-page"), "DeskCustomerImportPage"),
})

export const deskCustomerRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/customers/$customerId",
  loader: () => loadTexts("crm", "desk"),
  component: lazyRouteComponent(() => import("../pages/desk-customer-page"), "DeskCustomerPage"),
})

export const deskMailingsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/mailings",
  validateSearch: searchParams({ page: integer({ min: 1, max: 10_000 }) }),
  loader: () => loadTexts("crm", "mailings"),
  component: lazyRouteComponent(() => import("../pages/desk-mailings-page"), "DeskMailingsPage"),
})

export const deskNewMailingRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/mailings/new",
  validateSearch: searchParams({
    q: text(100),
    tag: text(40),
    event: integer({ min: 1 }),
    ticket_type: integer({ min: 1 }),
    attendance: oneOf("expected", "checked_in"),
  }),
  loader: () => loadTexts("crm", "mailings"),
  component: lazyRouteComponent(() => import("../pages/desk-new-mailing-page"), "DeskNewMailingPage"),
})

export const deskMailingRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/mailings/$mailingId",
  loader: () => loadTexts("crm", "mailings"),
  component: lazyRouteComponent(() => import("../pages/desk-mailing-page"), "DeskMailingPage"),
})

export const deskTasksRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/tasks",
  validateSearch: searchParams({
    status: oneOf("todo", "in_progress", "done"),
    due: oneOf("overdue", "week"),
    view: oneOf("list"),
    page: integer({ min: 1, max: 10_000 }),
  }),
  loader: () => loadTexts("crm", "desk"),
  component: lazyRouteComponent(() => import("../pages/desk-tasks-page"), "DeskTasksPage"),
})

export const deskEventsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/events",
  validateSearch: searchParams({
    q: text(100),
    status: oneOf("draft", "published", "finished", "canceled"),
    ordering: oneOf(
      "-start_datetime",
      "start_datetime",
      "-title",
      "title",
      "-tickets_sold",
      "tickets_sold",
      "-revenue",
      "revenue",
    ),
    page: integer({ min: 1, max: 10_000 }),
  }),
  loader: () => loadTexts("crm"),
  component: lazyRouteComponent(() => import("../pages/desk-events-page"), "DeskEventsPage"),
})

export const deskEventNewRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/events/new",
  loader: () => loadTexts("crm"),
  component: lazyRouteComponent(() => import("../pages/desk-event-edit-page"), "DeskEventNewPage"),
})

export const deskEventRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/events/$eventId",
  loader: () => loadTexts("crm"),
  component: lazyRouteComponent(() => import("../pages/desk-event-page"), "DeskEventPage"),
})

export const deskEventEditRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/events/$eventId/edit",
  validateSearch: searchParams({ section: text(20) }),
  loader: () => loadTexts("crm"),
  component: lazyRouteComponent(() => import("../pages/desk-event-edit-page"), "DeskEventEditPage"),
})

export const deskAttendeesRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/events/$eventId/attendees",
  validateSearch: searchParams({
    q: text(160),
    status: oneOf("paid", "checked_in", "reserved", "refunded", "canceled"),
    ticket_type: integer({ min: 1 }),
    page: integer({ min: 1, max: 10_000 }),
  }),
  loader: () => loadTexts("crm", "exports"),
  component: lazyRouteComponent(() => import("../pages/desk-attendees-page"), "DeskAttendeesPage"),
})

export const deskSettingsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/settings",
  loader: () => loadTexts("crm", "desk", "accounts"),
  component: lazyRouteComponent(() => import("../pages/desk-settings-page"), "DeskSettingsPage"),
})

export const crmRoutes = {
  desk: [
    dashboardRoute,
    deskOrdersRoute,
    deskOrderRoute,
    deskEventsRoute,
    deskEventNewRoute,
    deskEventRoute,
    deskEventEditRoute,
    deskAttendeesRoute,
    deskProductsRoute,
    deskNewProductRoute,
    deskImportRoute,
    deskCustomerImportRoute,
    deskExportsRoute,
    deskProductRoute,
    deskCheckInRoute,
    deskCustomersRoute,
    deskCustomerRoute,
    deskMailingsRoute,
    deskNewMailingRoute,
    deskMailingRoute,
    deskTasksRoute,
    deskSettingsRoute,
  ],
} as const
