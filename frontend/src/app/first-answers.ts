import type { QueryClient, QueryKey } from "@tanstack/react-query"

interface FirstAnswers {
  language: string
  answers: [QueryKey, unknown][]
}

/**
 * Put the answers that came within the page into the cache, as if they had just been asked for. They are in the
 * language the server took the reader for; in another one they are of no use.
 */
export function takeFirstAnswers(queryClient: QueryClient, language: string): void {
  const block = document.getElementById("first-answers")
  if (!block) return
  const first = JSON.parse(block.textContent ?? "") as FirstAnswers
  block.remove()
  if (first.language !== language) return
  for (const [key, answer] of first.answers) queryClient.setQueryData(key, answer)
}
