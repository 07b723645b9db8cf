import { Button } from "@mantine/core"
import { useMutation } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { saveFile } from "@/lib/save-file"
import { FormProblem } from "@/ui/form"

interface Props {
  icon?: ReactNode
  name: string
  load: () => Promise<Blob>
  children: ReactNode
}

/** Fetches a file as the person and hands it to the browser's downloads. */
export function SaveButton({ icon, name, load, children }: Props) {
  const save = useMutation({
    networkMode: "always",
    mutationFn: load,
    onSuccess: (content) => saveFile(content, name),
  })
  return (
    <>
      <Button leftSection={icon} loading={save.isPending} onClick={() => save.mutate()}>
        {children}
      </Button>
      <FormProblem error={save.error} />
    </>
  )
}
