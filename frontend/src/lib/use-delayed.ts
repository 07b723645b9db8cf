import { useEffect, useState } from "react"

/** Turn true after `ms`: a skeleton that shows for a blink is worse than none. */
export function useDelayed(ms = 150): boolean {
  const [passed, setPassed] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return passed
}
