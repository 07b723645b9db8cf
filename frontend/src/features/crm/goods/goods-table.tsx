import { Link } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { DataTable, type Column } from "@/ui/data-table"
import { Money } from "@/ui/money"
import { Picture } from "@/ui/picture"
import { StatusPill } from "@/ui/status-pill"
import type { ProductRow } from "./api"
import classes from "./goods-table.module.css"

const LOW_STOCK = 5

interface Props {
  rows: ProductRow[]
  ordering?: string
  onOrdering: (ordering: string) => void
}

export function GoodsTable({ rows, ordering, onOrdering }: Props) {
  const { t } = useTranslation("goods")
  const columns: Column<ProductRow>[] = [
    {
      key: "title",
      header: t("list.product"),
      sort: "title",
      cell: ({ id, title, brand, image, variant_count }) => (
        <span className={classes.product}>
          <Picture image={image} ratio="1" sizes="48px" className={classes.picture} />
          <span className={classes.words}>
            <Link to="/crm/products/$productId" params={{ productId: String(id) }}>
              {title}
            </Link>
            <small>{[brand?.name, variant_count > 1 && t("list.variants", { count: variant_count })].filter(Boolean).join(" · ")}</small>
          </span>
        </span>
      ),
    },
    { key: "category", header: t("list.category"), cell: ({ category }) => category.name },
    {
      key: "state",
      header: t("list.state"),
      cell: ({ is_active }) => <StatePill shown={is_active} />,
    },
    {
      key: "price",
      header: t("list.price"),
      sort: "price",
      align: "end",
      cell: ({ price_from, price_to, currency }) => <PriceRange from={price_from} to={price_to} currency={currency} />,
    },
    {
      key: "stock",
      header: t("list.stock"),
      sort: "stock",
      align: "end",
      cell: ({ stock_left }) =>
        stock_left > LOW_STOCK ? (
          t("list.count", { count: stock_left })
        ) : (
          <StatusPill tone={stock_left === 0 ? "danger" : "warm"}>
            {stock_left === 0 ? t("list.noPieces") : t("list.count", { count: stock_left })}
          </StatusPill>
        ),
    },
    { key: "sales", header: t("list.sold"), sort: "sales", align: "end", cell: ({ sales_count }) => t("list.count", { count: sales_count }) },
  ]
  return (
    <DataTable caption={t("list.title")} columns={columns} rows={rows} rowKey={({ id }) => id} ordering={ordering} onOrdering={onOrdering} />
  )
}

export function StatePill({ shown }: { shown: boolean }) {
  const { t } = useTranslation("goods")
  return <StatusPill tone={shown ? "good" : "neutral"}>{t(shown ? "state.shown" : "state.hidden")}</StatusPill>
}

function PriceRange({ from, to, currency }: { from: string | null; to: string | null; currency: string }) {
  if (from === null) return "—"
  if (to === null || to === from) return <Money amount={from} currency={currency} />
  return (
    <span className={classes.range}>
      <Money amount={from} currency={currency} /> – <Money amount={to} currency={currency} />
    </span>
  )
}
