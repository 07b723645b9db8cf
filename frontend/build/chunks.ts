/**
 * Which modules share a file. Left alone, the bundler cuts a file for each set of pages that share something: a
 * hundred small ones, each compressed by itself, each named in the lists of what to fetch with a page.
 */
export const chunkGroups = [
  {
    // All that the first script needs of it: in a file with anything else, it would run the rest as well.
    name: "preload-helper",
    test: /vite\/preload-helper/,
    priority: 20,
  },
  {
    // The classes of first views: one small file, which the first paint waits for.
    name: "first-view",
    test: new RegExp(
      "src/(ui/(theme/controls|states|status-pill|skeleton|form|pager|page-header|heading|picture|ticket-stub|date-time)" +
        "|features/events/components/(event-card|event-grid|event-filters|ticket-picker)" +
        "|features/market/components/(product-card|gallery|buy-box)" +
        "|app/shell/(shell|wordmark|skip-link)|app/pages/(home-page|catalogue|event-page|product-page))[.]module[.]css" +
        "|src/boot/painted[.]css",
    ),
    priority: 10,
  },
  {
    // By itself, as it is half of what every page runs, and should not run in one go with the rest.
    name: "react",
    test: /node_modules\/(react|react-dom|scheduler)\//,
    priority: 5,
  },
  {
    // What every page runs: the router, the queries, the languages, and the base of the kit's controls.
    name: "frame",
    test: new RegExp(
      "node_modules/(use-sync-external-store|@tanstack|i18next|intl-messageformat" +
        "|@formatjs|react-i18next|openapi-fetch|clsx)/" +
        "|@mantine/core/esm/(core|components/(Button|UnstyledButton|Loader|Transition))/|createLucideIcon",
    ),
  },
  {
    // Our own part of what every page runs: the session, the client, the texts, and the shop's shell.
    name: "shared",
    test: new RegExp(
      "src/(api/(session|client|errors)|lib/(i18n|messages|market|tell-server|draft|lazy-when-idle)|ui/notify|app/(person|guards|pages/page-problem)" +
        "|app/shell/(storefront-frame|storefront-shell|footer|wordmark|search-button)|features/accounts/api/(me|notifications)" +
        "|features/checkout/api/(cart|basket-count|basket-sheet|basket-changes|guest-basket|idempotency))[.]tsx?$" +
        "|lucide-react/.+/(calendar-days|search|shopping-bag|store|ticket|user-round)[.]",
    ),
  },
  {
    // The fields of filters and forms.
    name: "fields",
    test: /@mantine\/core\/esm\/components\/(Input|InputBase|TextInput|CloseButton)\//,
  },
  {
    // The small parts that most pages are made of.
    name: "kit",
    test: /src\/(ui\/(money|date-time|picture|ticket-stub|status-pill|empty-state|button-link|pager|form|heading|page-header|error-state|skeleton)|lib\/(money|dates|language|use-language|use-delayed))\./,
  },
]

/** Files that the application starts with. */
export const onEveryPage = /^assets\/(react|frame|shared|kit|main|first-view|preload-helper|rolldown-runtime)-[\w-]{8}[.]js$/
