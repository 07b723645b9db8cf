import { z } from "@/lib/zod"
import type { Product } from "./api"

/** What the form about a product holds; its fields carry the API's names. */
export const aboutSchema = z.object({
  title: z.string().trim().min(1).max(160),
  category: z.string().min(1),
  brand: z.string().trim().max(80),
  market: z.enum(["KZ", "KG", "US", "ALL"]),
  description: z.string().max(20_000),
  features: z.array(z.object({ name: z.string().trim().min(1).max(60), value: z.string().trim().min(1).max(200) })),
})

export type AboutValues = z.infer<typeof aboutSchema>

export const valuesOf = ({ title, category, brand, market, description, features }: Product): AboutValues => ({
  title,
  category: category.slug,
  brand: brand?.name ?? "",
  market,
  description,
  features,
})
