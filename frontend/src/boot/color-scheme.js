// Runs before the first paint so that a dark page never flashes white. Same key and rules as ui/theme/color-scheme.ts.
(function () {
  var kept = null
  try {
    kept = localStorage.getItem("delux.theme")
  } catch {
    // Storage is refused in some private windows: follow the system.
  }
  var dark = kept === "dark" || (kept !== "light" && matchMedia("(prefers-color-scheme: dark)").matches)
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light")
})()
