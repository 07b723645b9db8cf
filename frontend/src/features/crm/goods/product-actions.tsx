import { Button, Menu } from "@mantine/core"
import { Link } from "@tanstack/react-router"
import { Copy, Ellipsis, ExternalLink, Trash2 } from "lucide-react"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { Dialog } from "@/ui/dialog"
import { FormProblem } from "@/ui/form"
import { useDeleteProduct, useDuplicateProduct, useUpdateProduct, type Product } from "./api"
import classes from "./product-actions.module.css"

interface Props {
  product: Product
  onCopied: (copy: Product) => void
  onDeleted: () => void
}

/** Put in the shop or hide, copy, delete. */
export function ProductActions({ product, onCopied, onDeleted }: Props) {
  const { t } = useTranslation("goods")
  const show = useUpdateProduct(product.id)
  const copy = useDuplicateProduct(product.id)
  const [isDeleting, setIsDeleting] = useState(false)
  const canShow = product.variants.some((variant) => variant.is_active)
  return (
    <div className={classes.actions}>
      <div className={classes.buttons}>
        <Button
          variant={product.is_active ? "default" : "primary"}
          disabled={!product.is_active && !canShow}
          aria-describedby={canShow ? undefined : "no-variants"}
          loading={show.isPending}
          onClick={() => show.mutate({ is_active: !product.is_active })}
        >
          {t(product.is_active ? "actions.hide" : "actions.show")}
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button aria-label={t("actions.more")} loading={copy.isPending}>
              <Ellipsis size={20} aria-hidden />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {product.is_active && (
              <Menu.Item component={Link} to={`/shop/${product.slug}`} leftSection={<ExternalLink size={18} aria-hidden />}>
                {t("actions.view")}
              </Menu.Item>
            )}
            <Menu.Item leftSection={<Copy size={18} aria-hidden />} onClick={() => copy.mutate(undefined, { onSuccess: onCopied })}>
              {t("actions.copy")}
            </Menu.Item>
            <Menu.Item leftSection={<Trash2 size={18} aria-hidden />} onClick={() => setIsDeleting(true)}>
              {t("actions.delete")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      {!canShow && !product.is_active && (
        <p id="no-variants" className={classes.hint}>
          {t("actions.needsVariant")}
        </p>
      )}
      <FormProblem error={show.error ?? copy.error} />
      {isDeleting && <DeleteDialog product={product} onClose={() => setIsDeleting(false)} onDeleted={onDeleted} />}
    </div>
  )
}

function DeleteDialog({ product, onClose, onDeleted }: { product: Product; onClose: () => void; onDeleted: () => void }) {
  const { t } = useTranslation(["goods", "common"])
  const remove = useDeleteProduct(product.id)
  return (
    <Dialog title={t("delete.title")} onClose={onClose}>
      <p className={classes.text}>{t("delete.text", { title: product.title })}</p>
      <FormProblem error={remove.error} />
      <div className={classes.buttons}>
        <Button data-autofocus onClick={onClose}>
          {t("delete.keep")}
        </Button>
        <Button variant="danger" loading={remove.isPending} onClick={() => remove.mutate(undefined, { onSuccess: onDeleted })}>
          {t("delete.action")}
        </Button>
      </div>
    </Dialog>
  )
}
