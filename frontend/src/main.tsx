import "@/ui/theme/styles"
import { createRoot } from "react-dom/client"
import { makeQueryClient } from "@/api/query-client"
import { sessionReady } from "@/api/session"
import { App } from "@/app/app"
import { createRouter } from "@/app/router"
import { startI18n } from "@/lib/i18n"

const root = document.getElementById("root")
if (!root) throw new Error("index.html has no #root")

void sessionReady()
await startI18n()

const queryClient = makeQueryClient()
createRoot(root).render(<App queryClient={queryClient} router={createRouter(queryClient)} />)
