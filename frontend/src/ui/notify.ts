/** Say something in passing. For outcomes the screen does not show by itself; never for a field's mistake. */
export async function notify(message: string, { tone = "info" }: { tone?: "info" | "danger" } = {}): Promise<void> {
  const { notifications } = await import("@mantine/notifications")
  notifications.show({
    message,
    color: tone === "danger" ? "red" : "ink",
    autoClose: tone === "danger" ? false : 6000,
    position: "top-center",
  })
}
