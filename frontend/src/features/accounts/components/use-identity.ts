import { useEffect, useEffectEvent, useState } from "react"
import { useQuery } from "@tanstack/react-query"
import { useForm } from "react-hook-form"
import { ApiError } from "@/api/errors"
import { showOnForm } from "@/api/form-problems"
import { checkedBy } from "@/lib/checked-by"
import { keepDraft, readDraft } from "@/lib/draft"
import type { Market } from "@/lib/market"
import { useLanguage } from "@/lib/use-language"
import { signInProviders, useCodeSignIn, useSendCode, useSignIn, useSignUp } from "../api/sign-in"

export interface IdentityValues {
  /** Or a phone, where SMS are sent. */
  email: string
  first_name: string
  code: string
  password: string
}

type Step = "email" | "code" | "password"

interface Options {
  /** Ask for a name, which a new account gets. */
  asksName: boolean
  /** Let a password take the place of the code; one that opens nothing makes an account where a name is asked for. */
  offersPassword: boolean
  /** Where a new account lives. */
  market: Market
  /** Keep who they say they are, and the code that is on its way, under this name; see lib/draft. */
  draftName?: string
}

interface Sent {
  challenge: string
  email: string
}

/**
 * Who somebody is, in one place: an e-mail or a phone, then the code sent there, or a password. Whoever has no account
 * gets one. `submit` goes one step on and resolves to true once the person is signed in.
 */
export function useIdentity({ asksName, offersPassword, market, draftName }: Options) {
  const language = useLanguage()
  const [draft] = useState(() => (draftName ? readDraft(draftName) : {}))
  const [way, setWay] = useState<"code" | "password">(draft.way === "password" && offersPassword ? "password" : "code")
  const [sent, setSent] = useState<Sent | null>(isSent(draft.sent) ? draft.sent : null)
  const [problem, setProblem] = useState<unknown>(null)
  const step: Step = way === "password" ? "password" : sent ? "code" : "email"
  const takesPhone = useQuery(signInProviders()).data?.phone.enabled === true && step !== "password"
  const form = useForm<IdentityValues>({
    resolver: checkedBy((values) => import("../checks").then((checks) => checks.identity(step, asksName, takesPhone && isPhone(values.email)))),
    defaultValues: { email: textOf(draft.email), first_name: textOf(draft.first_name), code: "", password: "" },
  })
  const keep = useEffectEvent((values: IdentityValues) => keepTyped(draftName, values, way, sent))
  useEffect(() => form.subscribe({ formState: { values: true }, callback: ({ values }) => keep(values) }), [form])
  useEffect(() => keepTyped(draftName, form.getValues(), way, sent), [draftName, form, way, sent])
  const sending = useSendCode()
  const byCode = useCodeSignIn()
  const byPassword = useSignIn()
  const signUp = useSignUp()

  async function send(): Promise<void> {
    const email = form.getValues("email")
    const { challenge } = await sending.mutateAsync(takesPhone && isPhone(email) ? { phone: email, market } : { email })
    form.resetField("code")
    setSent({ challenge, email })
  }

  async function enter(values: IdentityValues): Promise<boolean> {
    // What a step does not ask for is left out of what was checked.
    const first_name = form.getValues("first_name").trim()
    if (step === "password") {
      await signInOrUp({ email: values.email, password: values.password, first_name })
      return true
    }
    if (!sent || sent.email !== values.email) {
      await send()
      return false
    }
    await byCode.mutateAsync({ challenge: sent.challenge, code: values.code.replaceAll(/\s/g, ""), first_name, market })
    return true
  }

  /** A password that opens nothing makes an account, unless the e-mail has one. */
  async function signInOrUp(values: Pick<IdentityValues, "email" | "password" | "first_name">): Promise<void> {
    try {
      await byPassword.mutateAsync({ email: values.email, password: values.password })
    } catch (refusal) {
      if (!asksName || !hasCode(refusal, "wrong_credentials")) throw refusal
      try {
        await signUp.mutateAsync({ ...values, last_name: "", market, language })
      } catch (error) {
        throw hasCode(error, "email_taken") ? refusal : error
      }
    }
  }

  function submit(): Promise<boolean> {
    return new Promise((resolve) => {
      const go = form.handleSubmit(
        (values) => attempt(() => enter(values)).then(resolve),
        () => resolve(false),
      )
      void go()
    })
  }

  /** Do something and say what was wrong with it, if anything was. */
  async function attempt(work: () => Promise<boolean>): Promise<boolean> {
    setProblem(null)
    try {
      return await work()
    } catch (error) {
      if (hasCode(error, "code_over")) setSent(null)
      setProblem(showOnForm(error, form, { phone: "email" }))
      return false
    }
  }

  return {
    form,
    step,
    asksName,
    offersPassword,
    problem,
    takesPhone,
    /** Where the code went. */
    sentTo: step === "code" ? (sent?.email ?? null) : null,
    isPending: sending.isPending || byCode.isPending || byPassword.isPending || signUp.isPending,
    submit,
    sendAgain: () => attempt(() => send().then(() => false)),
    changeEmail: () => setSent(null),
    choose: (next: "code" | "password") => {
      setProblem(null)
      form.clearErrors()
      setWay(next)
    },
  }
}

export type Identity = ReturnType<typeof useIdentity>

function keepTyped(name: string | undefined, { email, first_name }: IdentityValues, way: string, sent: Sent | null) {
  if (name) keepDraft(name, { email, first_name, way, sent })
}

/** Tell a phone from an e-mail, as far as it is typed. */
export function isPhone(said: string): boolean {
  return /^[\d\s+().-]+$/.test(said)
}

function textOf(kept: unknown): string {
  return typeof kept === "string" ? kept : ""
}

function isSent(kept: unknown): kept is Sent {
  return typeof kept === "object" && kept !== null && "challenge" in kept && "email" in kept
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof ApiError && error.code === code
}
