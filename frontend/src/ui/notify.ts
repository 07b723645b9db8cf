let needed = false
const listeners = new Set<() => void>()

export const hasNotified = () => needed

export function onFirstNotice(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Say something in passing. For outcomes the screen does not show by itself; never for a field's mistake. */
export async function notify(message: string, { tone = "info" }: { tone?: "info" | "danger" } = {}): Promise<void> {
  needed = true
  for (const listener of listeners) listener()
  const { notifications } = await import("@mantine/notifications")
  notifications.show({
    message,
    color: tone === "danger" ? "red" : "ink",
    autoClose: tone === "danger" ? false : 6000,
    position: "top-center",
  })
}
