/** Keep the screen on until the returned function is called; where a browser cannot, nothing happens. */
export function keepScreenOn(): () => void {
  let lock: WakeLockSentinel | null = null
  let over = false

  async function take() {
    // The browser takes the lock away whenever the page is hidden, so it is asked for again.
    if (over || document.visibilityState !== "visible" || !("wakeLock" in navigator)) return
    const taken = await navigator.wakeLock.request("screen").catch(() => null) // a battery saver may refuse
    if (over) await taken?.release()
    else lock = taken
  }

  const again = () => void take()
  document.addEventListener("visibilitychange", again)
  again()
  return () => {
    over = true
    document.removeEventListener("visibilitychange", again)
    void lock?.release()
  }
}
