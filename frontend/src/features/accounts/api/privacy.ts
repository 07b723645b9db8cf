import { useMutation } from "@tanstack/react-query"
import { api, unwrap } from "@/api/client"
import type { components } from "@/api/schema"
import { endSession } from "@/api/session"
import { saveFile } from "@/lib/save-file"

/** Hand everything that is kept about the person to the browser's downloads. */
export const useTakeData = () =>
  useMutation({
    mutationFn: async () => {
      const file = await unwrap(api.GET("/api/v1/auth/me/data/", { parseAs: "blob" }))
      saveFile(file as unknown as Blob, "delux-my-data.json")
    },
  })

/** Forget the person on the server, and on this device. */
export const useErase = () =>
  useMutation({
    mutationFn: (body: components["schemas"]["EraseInputRequest"]) => unwrap(api.POST("/api/v1/auth/me/erase/", { body })),
    onSuccess: endSession,
  })
