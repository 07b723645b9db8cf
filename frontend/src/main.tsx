import "@/ui/theme/control-styles"
import { startTransition } from "react"
import { createRoot } from "react-dom/client"
import { makeQueryClient } from "@/api/query-client"
import { sessionReady } from "@/api/session"
import { App } from "@/app/app"
import { takeFirstAnswers } from "@/app/first-answers"
import { createRouter } from "@/app/router"
import { i18next, startI18n } from "@/lib/i18n"

const root = document.getElementById("root")
if (!root) throw new Error("index.html has no #root")

void sessionReady()
await startI18n()

const queryClient = makeQueryClient()
takeFirstAnswers(queryClient, i18next.language)
const router = createRouter(queryClient)
// What the server drew stays until the page can take its place as a whole.
if (root.childElementCount > 0 && !document.documentElement.dataset.drawnFor) await router.load()
// In a transition, so that drawing it leaves the browser room between two frames.
startTransition(() => createRoot(root).render(<App queryClient={queryClient} router={router} />))
