import { useQueryClient } from "@tanstack/react-query"
import { useEffect, useRef, useState } from "react"
import { upload } from "@/api/upload"
import { product } from "./api"

interface Upload {
  key: number
  name: string
  file: File
  share: number
  error: unknown
}

/** Pictures on their way to a product, one after the other; those refused stay with their reason. */
export function usePictureUploads(productId: number) {
  const queryClient = useQueryClient()
  const [uploads, setUploads] = useState<Upload[]>([])
  const [stop] = useState(() => new AbortController())
  const line = useRef(Promise.resolve())
  const nextKey = useRef(0)
  useEffect(() => () => stop.abort(), [stop])

  const change = (key: number, part: Partial<Upload>) =>
    setUploads((old) => old.map((one) => (one.key === key ? { ...one, ...part } : one)))
  const forget = (key: number) => setUploads((old) => old.filter((one) => one.key !== key))

  async function send({ key, file }: Upload) {
    if (stop.signal.aborted) return
    try {
      await upload(`/api/v1/crm/products/${productId}/images/`, file, {
        name: "image",
        signal: stop.signal,
        onProgress: (share) => change(key, { share }),
      })
      await queryClient.invalidateQueries({ queryKey: product(productId).queryKey })
      void queryClient.invalidateQueries({ queryKey: ["crm", "products"] })
      forget(key)
    } catch (error) {
      change(key, { error })
    }
  }

  // In a line: two at once would race for the place of the main picture, and a slow phone sends one sooner.
  const enqueue = (one: Upload) => {
    line.current = line.current.then(() => send(one))
  }

  return {
    add(files: File[]) {
      const added = files.map((file) => ({ key: nextKey.current++, name: file.name, file, share: 0, error: null }))
      setUploads((old) => [...old, ...added])
      added.forEach(enqueue)
    },
    waiting: uploads.map((one) => ({
      ...one,
      again() {
        change(one.key, { error: null, share: 0 })
        enqueue(one)
      },
      forget: () => forget(one.key),
    })),
  }
}
