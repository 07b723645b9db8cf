/**
 * Tells a code that is shown from one that is still being held: a camera sees the same ticket many times a second.
 * A code is asked about once, and again only after it was out of sight for `quiet` milliseconds.
 */
export function repeatGate(quiet = 5000) {
  let last = { code: "", seenAt: -Infinity }
  return {
    /** Whether to ask about `code`, seen at `at`; while the door is not `free` nothing new is taken. */
    offer(code: string, at: number, free: boolean): boolean {
      const isRepeat = code === last.code && at - last.seenAt < quiet
      if (isRepeat || free) last = { code, seenAt: at }
      return free && !isRepeat
    },
    /** The answer about the last code never came: it may be asked again at once. */
    forget() {
      last = { code: "", seenAt: -Infinity }
    },
  }
}
