import { z } from "@/lib/zod"

export const address = z.object({
  recipient: z.string().trim().min(1).max(120),
  phone: z.string().trim().min(1).max(32),
  region: z.string().trim().max(80),
  city: z.string().trim().min(1).max(80),
  street: z.string().trim().min(1).max(200),
  postal_code: z.string().trim().min(1).max(12),
  comment: z.string().trim().max(300),
})

export interface CheckoutValues {
  delivery_type: "none" | "pickup" | "delivery"
  shipping_address: z.infer<typeof address>
}
