/** Have the site's shell kept on this device (src/boot/service-worker.js): for people with tickets, and at a door. */
export async function keepShell({ door = false }: { door?: boolean } = {}): Promise<void> {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return
  try {
    await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" })
    if (door) (await navigator.serviceWorker.ready).active?.postMessage("keep-door")
  } catch {
    // Refused in some private windows, and off https: the page then needs a network, as before.
  }
}
