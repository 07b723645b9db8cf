// Runs before the first paint. Same keys and rules as ui/theme/color-scheme.ts, lib/language.ts and lib/market.ts.
(function () {
  var root = document.documentElement

  function kept(key) {
    try {
      return localStorage.getItem(key)
    } catch {
      return null // Storage is refused in some private windows: follow the system.
    }
  }

  // A dark page never flashes white.
  var scheme = kept("delux.theme")
  var dark = scheme === "dark" || (scheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches)
  root.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light")

  // What the server drew is not shown to somebody who reads another language or buys in another country: it could
  // not know. A link that names its language goes before what was chosen.
  var known = ["ru", "kk", "ky", "en"]
  var wanted = [new URLSearchParams(location.search).get("lang"), kept("delux.language")]
  for (var tag of navigator.languages) wanted.push(tag.slice(0, 2).toLowerCase())
  var language = wanted.find(function (one) {
    return known.includes(one)
  })
  var market = kept("delux.market")
  // Asking for the zone's name takes milliseconds: only where the clock says that it may be another country's.
  var offset = new Date().getTimezoneOffset()
  if (!market && (offset > 0 || offset === -360)) {
    var zone = Intl.DateTimeFormat().resolvedOptions().timeZone
    if (zone.startsWith("America/")) market = "US"
    else if (zone === "Asia/Bishkek") market = "KG"
  }
  market = market || "KZ"
  var drawn = root.dataset.market
  if (drawn && (root.lang !== (language || "en") || drawn !== market)) root.setAttribute("data-drawn-for", "another")
})()
