import { useNavigate } from "@tanstack/react-router"
import { useEffect } from "react"
import { useSessionStatus } from "@/api/session"

/** Sign-in is a door: whoever is signed in, here or in another tab, goes on to where they were going. */
export function useLeaveWhenSignedIn(next: string | undefined): void {
  const signedIn = useSessionStatus() === "signed-in"
  const navigate = useNavigate()
  useEffect(() => {
    if (signedIn) void navigate({ href: next ?? "/", replace: true })
  }, [signedIn, next, navigate])
}
