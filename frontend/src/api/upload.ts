import { i18next } from "@/lib/i18n"
import { ApiError, networkError } from "./errors"
import { accessToken, refresh } from "./session"

export interface UploadOptions {
  /** Told the share that has left this device, 0 to 1. */
  onProgress?: (share: number) => void
  signal?: AbortSignal
  /** What the form calls the file; `file` unless said. */
  name?: string
  /** Other members of the form. */
  fields?: Record<string, string>
}

/**
 * Send a file as a form field, telling how far it got; `fetch` cannot tell that. A token refused in
 * flight is renewed and the file sent once more, as for every other call.
 *
 * @throws {ApiError} the server refused, or could not be reached
 */
export async function upload<T>(path: string, file: Blob, options: UploadOptions = {}): Promise<T> {
  const token = await accessToken()
  let answer = await send(path, file, token, options)
  if (answer.status === 401 && token !== null) {
    const renewed = await refresh(token)
    if (renewed !== null) answer = await send(path, file, renewed, options)
  }
  const body = readJson(answer.responseText)
  if (answer.status >= 200 && answer.status < 300) return body as T
  const problem = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {}
  throw new ApiError(answer.status, problem, answer.getResponseHeader("X-Request-ID"))
}

function send(path: string, file: Blob, token: string | null, { onProgress, signal, name = "file", fields }: UploadOptions): Promise<XMLHttpRequest> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(aborted())
    const request = new XMLHttpRequest()
    request.open("POST", new URL(path, window.location.origin))
    request.setRequestHeader("Accept-Language", i18next.language ?? "en")
    if (token !== null) request.setRequestHeader("Authorization", `Bearer ${token}`)
    request.upload.addEventListener("progress", ({ lengthComputable, loaded, total }) => {
      if (lengthComputable && total > 0) onProgress?.(loaded / total)
    })
    request.addEventListener("load", () => resolve(request))
    request.addEventListener("error", () => reject(networkError(new TypeError("The upload was cut"))))
    request.addEventListener("abort", () => reject(aborted()))
    signal?.addEventListener("abort", () => request.abort())
    const form = new FormData()
    for (const [name, value] of Object.entries(fields ?? {})) form.append(name, value)
    form.append(name, file, file instanceof File ? file.name : "picture.jpg")
    request.send(form)
  })
}

function aborted(): DOMException {
  return new DOMException("The upload was stopped", "AbortError")
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
