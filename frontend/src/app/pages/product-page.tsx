import { useQuery } from "@tanstack/react-query"
import { getRouteApi, Link } from "@tanstack/react-router"
import { Store, Truck } from "lucide-react"
import { useTranslation } from "react-i18next"
import { useAddToBasket } from "@/features/checkout/api/add-to-basket"
import { openBasket } from "@/features/checkout/api/basket-sheet"
import { productDetail, type Product, type Variant } from "@/features/market/api/products"
import { BuyBox } from "@/features/market/components/buy-box"
import { Gallery } from "@/features/market/components/gallery"
import { formatMoney, isZero } from "@/lib/money"
import { useLanguage } from "@/lib/use-language"
import { ErrorState } from "@/ui/error-state"
import { Heading } from "@/ui/heading"
import { PageHeader } from "@/ui/page-header"
import { RichText } from "@/ui/rich-text"
import { Skeleton } from "@/ui/skeleton"
import { useCountView } from "../use-count-view"
import { PageProblem } from "./page-problem"
import classes from "./product-page.module.css"

const route = getRouteApi("/storefront/shop/$slug")

export function ProductPage() {
  const { slug } = route.useParams()
  const { data, error, isPending, refetch } = useQuery(productDetail(slug))
  if (isPending) return <ProductSkeleton />
  if (error) return <PageProblem error={error} onRetry={refetch} />
  return <ProductView key={data.id} product={data} />
}

function ProductView({ product }: { product: Product }) {
  const { t } = useTranslation("market")
  const add = useAddToBasket()
  useCountView("product", product.id, product.organizer.slug)

  async function addVariant(variant: Variant, quantity: number) {
    await add.mutateAsync([{ item_type: "product", variant_id: variant.id, quantity, seen_price: variant.price }])
    openBasket(t("product.added", { title: product.title }))
  }

  return (
    <article className={classes.page}>
      <nav className={classes.path} aria-label={t("filters.category")}>
        <Link to="/shop">{t("title")}</Link>
        {product.category_path.map((shelf) => (
          <Link key={shelf.slug} to="/shop" search={{ category: shelf.slug }}>
            {shelf.name}
          </Link>
        ))}
      </nav>
      <Gallery images={product.images} title={product.title} />
      <div className={classes.side}>
        <PageHeader title={product.title} kicker={product.brand?.name} />
        <BuyBox product={product} adding={add.isPending} onAdd={addVariant} />
        {add.error && <ErrorState error={add.error} />}
        <Delivery product={product} />
        <section>
          <Heading level={2} size="small">
            {t("product.about")}
          </Heading>
          <RichText html={product.description} />
        </section>
        {product.features.length > 0 && (
          <section>
            <Heading level={2} size="small">
              {t("product.features")}
            </Heading>
            <dl className={classes.features}>
              {product.features.map(({ name, value }) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </section>
        )}
      </div>
    </article>
  )
}

function Delivery({ product }: { product: Product }) {
  const { t } = useTranslation(["market", "common"])
  const language = useLanguage()
  const { organizer } = product
  const price = isZero(organizer.shipping_price)
    ? t("common:money.free")
    : formatMoney(organizer.shipping_price, product.currency, language)
  return (
    <ul className={classes.delivery}>
      <li>
        <Truck size={20} aria-hidden />
        {t("product.deliveryFor", { price })}
      </li>
      {organizer.pickup_address && (
        <li>
          <Store size={20} aria-hidden />
          {t("product.pickup", { address: `${organizer.city}, ${organizer.pickup_address}` })}
        </li>
      )}
      <li className={classes.seller}>
        <Link to="/organizers/$slug" params={{ slug: organizer.slug }}>
          {t("product.seller")}: {organizer.display_name}
        </Link>
      </li>
    </ul>
  )
}

function ProductSkeleton() {
  return (
    <div className={classes.page}>
      <div className={classes.path}>
        <Skeleton height={20} width={200} />
      </div>
      <Skeleton height={0} ratio="4 / 5" />
      <div className={classes.side}>
        <Skeleton height={80} />
        <Skeleton height={320} />
      </div>
    </div>
  )
}
