import { Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { Heading } from "@/ui/heading"
import { Money } from "@/ui/money"
import { Picture } from "@/ui/picture"
import { ListSkeleton } from "@/ui/skeleton"
import { StatusPill } from "@/ui/status-pill"
import type { ProductCardData } from "../api/products"
import classes from "./product-card.module.css"

export function ProductCard({ product, priority, level = 2 }: { product: ProductCardData; priority?: boolean; level?: 2 | 3 }) {
  const { t } = useTranslation("market")
  const ranges = product.price_from !== product.price_to
  return (
    <article className={classes.card}>
      <Picture
        image={product.image}
        ratio="4 / 5"
        sizes="(min-width: 62em) 280px, (min-width: 40em) 33vw, 50vw"
        priority={priority}
        className={classes.picture}
      />
      <div className={classes.words}>
        {product.brand && <p className={classes.brand}>{product.brand.name}</p>}
        <Heading level={level} size="small" className={classes.title}>
          <Link to="/shop/$slug" params={{ slug: product.slug }} className={classes.link}>
            {product.title}
          </Link>
        </Heading>
        <p className={classes.price}>
          <Money amount={product.price_from} currency={product.currency} from={ranges} />
          {product.original_price && (
            <s>
              <Money amount={product.original_price} currency={product.currency} />
            </s>
          )}
        </p>
        {!product.in_stock && <StatusPill>{t("outOfStock")}</StatusPill>}
      </div>
    </article>
  )
}

export function ProductGrid({ products, priority = 0, level }: { products: ProductCardData[]; priority?: number; level?: 2 | 3 }) {
  return (
    <ul className={classes.grid}>
      {products.map((product, place) => (
        <li key={product.id}>
          <ProductCard product={product} priority={place < priority} level={level} />
        </li>
      ))}
    </ul>
  )
}

export function ProductGridSkeleton({ rows = 8 }: { rows?: number }) {
  return <ListSkeleton rows={rows} height={380} className={classes.grid} />
}
