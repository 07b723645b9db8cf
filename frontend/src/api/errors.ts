/** One field the server refused: `pointer` is a JSON pointer into the request body, such as `/address/city`. */
export interface FieldProblem {
  pointer: string
  code: string
  detail: string
}

/** The server's refusal (RFC 9457), or `status` 0 and code "network" when no answer came at all. */
export class ApiError extends Error {
  override readonly name = "ApiError"
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly requestId: string | null
  /** When the server will listen again, by the clock of this device; null where it did not say. */
  readonly retryAt: number | null
  readonly fields: FieldProblem[]
  /** The whole document, for members of one kind of problem only (the lines that sold out, say). */
  readonly problem: Readonly<Record<string, unknown>>

  constructor(status: number, problem: Record<string, unknown>, requestId: string | null = null) {
    const title = asText(problem.title) ?? `HTTP ${status}`
    super(asText(problem.detail) ?? title)
    this.status = status
    this.code = asText(problem.code) ?? "unknown"
    this.title = title
    this.detail = this.message
    this.requestId = asText(problem.request_id) ?? requestId
    this.retryAt = typeof problem.retry_after === "number" ? Date.now() + problem.retry_after * 1000 : null
    this.fields = Array.isArray(problem.errors) ? problem.errors.filter(isFieldProblem) : []
    this.problem = problem
  }

  get isNetwork(): boolean {
    return this.status === 0
  }

  get isNotFound(): boolean {
    return this.status === 404
  }
}

export function networkError(cause: unknown): ApiError {
  const error = new ApiError(0, { code: "network" })
  error.cause = cause
  return error
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined
}

function isFieldProblem(value: unknown): value is FieldProblem {
  const { pointer, code, detail } = (value ?? {}) as Partial<FieldProblem>
  return typeof pointer === "string" && typeof code === "string" && typeof detail === "string"
}
