import { Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { Heading } from "@/ui/heading"
import { Money } from "@/ui/money"
import { Picture } from "@/ui/picture"
import { ListSkeleton } from "@/ui/skeleton"
import { StatusPill } from "@/ui/status-pill"
import type { ProductCardData } from "../api/products"
import classes from "./product-card.module.css"

interface CardProps {
  product: ProductCardData
  /** Above the fold: its picture is fetched at once. */
  priority?: boolean
  level?: 2 | 3
  /** On the seller's own page everything is theirs. */
  hideSeller?: boolean
}

export function ProductCard({ product, priority, level = 2, hideSeller = false }: CardProps) {
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
        {!hideSeller && (
          <Link to="/organizers/$slug" params={{ slug: product.organizer.slug }} className={classes.seller}>
            {product.organizer.display_name}
          </Link>
        )}
        {!product.in_stock && <StatusPill>{t("outOfStock")}</StatusPill>}
      </div>
    </article>
  )
}

interface GridProps {
  products: ProductCardData[]
  /** How many of them are above the fold. */
  priority?: number
  level?: 2 | 3
  hideSeller?: boolean
}

export function ProductGrid({ products, priority = 0, ...rest }: GridProps) {
  return (
    <ul className={classes.grid}>
      {products.map((product, place) => (
        <li key={product.id}>
          <ProductCard product={product} priority={place < priority} {...rest} />
        </li>
      ))}
    </ul>
  )
}

export function ProductGridSkeleton({ rows = 8 }: { rows?: number }) {
  return <ListSkeleton rows={rows} height={380} className={classes.grid} />
}
