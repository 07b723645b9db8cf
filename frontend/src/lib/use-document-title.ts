import { useEffect } from "react"

/** Name the browser tab after the page. */
export function useDocumentTitle(title: string | undefined): void {
  useEffect(() => {
    if (title) document.title = `${title} · Delux`
  }, [title])
}
