let skewMs = 0

/** Learn from an answer what time it is at the server: a phone's clock may be hours off. */
export function noteServerTime(response: Response): void {
  const told = Date.parse(response.headers.get("Date") ?? "")
  if (!Number.isNaN(told)) skewMs = told - Date.now()
}

export function serverNow(): number {
  return Date.now() + skewMs
}
