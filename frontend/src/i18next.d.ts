import type accounts from "./locales/en/accounts.json"
import type checkout from "./locales/en/checkout.json"
import type common from "./locales/en/common.json"
import type crm from "./locales/en/crm.json"
import type desk from "./locales/en/desk.json"
import type events from "./locales/en/events.json"
import type exports from "./locales/en/exports.json"
import type goods from "./locales/en/goods.json"
import type imports from "./locales/en/imports.json"
import type mailings from "./locales/en/mailings.json"
import type market from "./locales/en/market.json"
import type privacy from "./locales/en/privacy.json"

// One line for each namespace, so that `t` knows its keys.
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common"
    resources: {
      accounts: typeof accounts
      checkout: typeof checkout
      common: typeof common
      crm: typeof crm
      desk: typeof desk
      events: typeof events
      exports: typeof exports
      goods: typeof goods
      imports: typeof imports
      mailings: typeof mailings
      market: typeof market
      privacy: typeof privacy
    }
  }
}
