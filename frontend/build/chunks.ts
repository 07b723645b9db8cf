/**
 * Which modules share a file. Left alone, the bundler cuts a file for each set of pages that share something: a
 * hundred small ones, each compressed by itself, each named in the lists of what to fetch with a page.
 */
export const chunkGroups = [
  {
    // What every page runs: React, the router, the queries, the languages, and the base of the kit's controls.
    name: "frame",
    test: new RegExp(
      "node_modules/(react|react-dom|scheduler|use-sync-external-store|@tanstack|i18next|intl-messageformat" +
        "|@formatjs|react-i18next|openapi-fetch|clsx)/" +
        "|@mantine/core/esm/(core|components/(Button|UnstyledButton|Loader|Transition))/|createLucideIcon",
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
