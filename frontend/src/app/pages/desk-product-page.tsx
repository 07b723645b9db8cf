import { useQuery } from "@tanstack/react-query"
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { ApiError } from "@/api/errors"
import { useMe } from "@/features/accounts/api/me"
import { product } from "@/features/crm/goods/api"
import { StatePill } from "@/features/crm/goods/goods-table"
import { ProductAbout } from "@/features/crm/goods/product-about"
import { ProductActions } from "@/features/crm/goods/product-actions"
import { ProductPictures } from "@/features/crm/goods/product-pictures"
import { VariantEditor } from "@/features/crm/goods/variant-editor"
import { ButtonLink } from "@/ui/button-link"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { notify } from "@/ui/notify"
import { PageHeader } from "@/ui/page-header"
import { Skeleton } from "@/ui/skeleton"
import classes from "./desk-product-page.module.css"

const route = getRouteApi("/crm/products/$productId")

export function DeskProductPage() {
  const { t } = useTranslation("goods")
  const { productId } = route.useParams()
  const navigate = useNavigate()
  const homeMarket = useMe().data?.organizer?.market ?? "KZ"
  const id = /^\d{1,15}$/.test(productId) ? Number(productId) : 0
  const { data, error, refetch } = useQuery({ ...product(id), enabled: id > 0 })

  if (id === 0 || (error instanceof ApiError && error.isNotFound)) {
    return (
      <>
        <PageHeader title={t("editor.missing")} />
        <EmptyState title={t("editor.missing")} action={<ButtonLink to="/crm/products">{t("editor.toList")}</ButtonLink>}>
          {t("editor.missingText")}
        </EmptyState>
      </>
    )
  }
  if (error) {
    return (
      <>
        <PageHeader title={t("list.product")} />
        <ErrorState error={error} onRetry={refetch} />
      </>
    )
  }
  if (!data) {
    return (
      <>
        <PageHeader title={t("list.product")} />
        <Skeleton height={640} />
      </>
    )
  }
  return (
    <>
      <PageHeader
        title={data.title}
        kicker={<Link to="/crm/products" className={classes.up}>← {t("list.title")}</Link>}
        lead={<StatePill shown={data.is_active} />}
        actions={
          <ProductActions
            product={data}
            onCopied={(copy) => {
              void notify(t("actions.copied"))
              void navigate({ to: "/crm/products/$productId", params: { productId: String(copy.id) } })
            }}
            onDeleted={() => void navigate({ to: "/crm/products", replace: true })}
          />
        }
      />
      {/* Each part keeps what is typed in it while another one is saved; another product starts them anew. */}
      <div key={data.id} className={classes.parts}>
        <VariantEditor product={data} />
        <ProductPictures product={data} />
        <ProductAbout product={data} homeMarket={homeMarket} />
      </div>
    </>
  )
}
