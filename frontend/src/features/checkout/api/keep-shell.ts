/** Have the site's shell kept on this device (src/boot/service-worker.js): for people with tickets only. */
export function keepShell(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return
  // Refused in some private windows, and off https: the ticket then needs a network, as before.
  navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).catch(() => undefined)
}
