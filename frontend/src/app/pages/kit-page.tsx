import "@/ui/theme/desk-styles"
import { Button, Checkbox, PasswordInput, Select, Switch, TextInput } from "@mantine/core"
import { Search } from "lucide-react"
import { useState, type ReactNode } from "react"
import { ApiError } from "@/api/errors"
import { ChartCard } from "@/ui/chart-card"
import { DataTable, type Column } from "@/ui/data-table"
import { DateBlock, DateTime, EventDate } from "@/ui/date-time"
import { EmptyState } from "@/ui/empty-state"
import { ErrorState } from "@/ui/error-state"
import { FormProblem } from "@/ui/form"
import { Heading } from "@/ui/heading"
import { Money } from "@/ui/money"
import { notify } from "@/ui/notify"
import { PageHeader } from "@/ui/page-header"
import { Pager } from "@/ui/pager"
import { Picture } from "@/ui/picture"
import { QuantityStepper } from "@/ui/quantity-stepper"
import { ListSkeleton } from "@/ui/skeleton"
import { StatTile, StatTiles } from "@/ui/stat-tile"
import { StatusPill } from "@/ui/status-pill"
import { SumLine } from "@/ui/sum-line"
import { TicketStub } from "@/ui/ticket-stub"
import { KitEditing } from "./kit-editing"
import classes from "./kit-page.module.css"

const start = "2026-09-12T02:30:00Z"
const end = "2026-09-12T07:00:00Z"

interface Order {
  number: string
  buyer: string
  status: "paid" | "waiting" | "refunded"
  total: string
  placed: string
}

const orders: Order[] = [
  { number: "DX-10482", buyer: "Aigerim S.", status: "paid", total: "24000.00", placed: "2026-08-30T09:12:00Z" },
  { number: "DX-10481", buyer: "Nurlan T.", status: "waiting", total: "7500.50", placed: "2026-08-30T08:55:00Z" },
  { number: "DX-10480", buyer: "Maria K.", status: "refunded", total: "112000.00", placed: "2026-08-29T18:01:00Z" },
]

const tones = { paid: "good", waiting: "warm", refunded: "neutral" } as const

const columns: Column<Order>[] = [
  { key: "number", header: "Order", cell: (order) => <a href="#orders">{order.number}</a>, sort: "number" },
  { key: "buyer", header: "Buyer", cell: (order) => order.buyer },
  { key: "status", header: "Status", cell: (order) => <StatusPill tone={tones[order.status]}>{order.status}</StatusPill> },
  { key: "placed", header: "Placed", cell: (order) => <DateTime iso={order.placed} format="dateTime" />, sort: "placed" },
  {
    key: "total",
    header: "Total",
    cell: (order) => <Money amount={order.total} currency="KZT" />,
    sort: "total",
    align: "end",
    total: <Money amount="143500.50" currency="KZT" />,
  },
]

const revenue = [18, 22, 12, 30, 44, 61, 58, 40, 73, 52, 48, 90].map((value, day) => ({
  label: `${day + 1} Sep`,
  value: value * 1000,
}))

export function KitPage() {
  const [quantity, setQuantity] = useState(2)
  const [ordering, setOrdering] = useState("-placed")
  const [page, setPage] = useState(2)

  return (
    <>
      <PageHeader
        kicker="Development"
        title="The kit"
        lead="Every part on one page, to be looked at in both themes, four languages and three widths."
        actions={<Button variant="primary">Publish event</Button>}
      />

      <Part title="Headings">
        <Heading size="hero">Night half marathon</Heading>
        <Heading size="page">Забег по Большому Алматинскому пику</Heading>
        <Heading size="page">Жарыс Көктөбе өңірінде</Heading>
        <Heading size="title">Trail shoes, men</Heading>
        <Heading size="small">A small one</Heading>
      </Part>

      <Part title="Tickets">
        <div className={classes.cards}>
          <EventTicket title="Almaty night half marathon" place="Almaty, Republic Square" price="12000.00" left="38 left" />
          <EventTicket title="Ыстык-Көл триатлону" place="Чолпон-Ата" price="0.00" currency="KGS" />
          <EventTicket title="Открытый турнир по настольному теннису" place="Астана" price="4500.00" />
        </div>
        <TicketStub
          printed
          stub={
            <div className={classes.code} aria-hidden>
              QR
            </div>
          }
        >
          <div className={classes.pass}>
            <DateBlock iso={start} timeZone="Asia/Almaty" />
            <div>
              <Heading size="title">Almaty night half marathon</Heading>
              <EventDate start={start} end={end} timeZone="Asia/Almaty" city="Almaty" />
              <StatusPill tone="good">Paid</StatusPill>
            </div>
          </div>
        </TicketStub>
        <EventDate start={start} end={end} timeZone="America/New_York" />
      </Part>

      <Part title="Buttons">
        <div className={classes.row}>
          <Button variant="primary">
            Pay&nbsp;
            <Money amount="12000.00" currency="KZT" />
          </Button>
          <Button>Add to calendar</Button>
          <Button variant="quiet">Skip</Button>
          <Button variant="danger">Refund order</Button>
          <Button disabled>Sold out</Button>
          <Button variant="primary" loading>
            Paying
          </Button>
          <Button leftSection={<Search size={18} aria-hidden />}>Search</Button>
          <Button onClick={() => void notify("The line was added to the basket")}>Notify</Button>
          <Button onClick={() => void notify("The file is larger than 5 MB", { tone: "danger" })}>Notify trouble</Button>
        </div>
        <QuantityStepper value={quantity} onChange={setQuantity} max={10} label="Adult ticket" />
      </Part>

      <Part title="Status and money">
        <div className={classes.row}>
          <StatusPill>Draft</StatusPill>
          <StatusPill tone="good">Paid</StatusPill>
          <StatusPill tone="strong">Live now</StatusPill>
          <StatusPill tone="warm">12 left</StatusPill>
          <StatusPill tone="danger">Cancelled</StatusPill>
        </div>
        <div className={classes.row}>
          <Money amount="1250000.00" currency="KZT" />
          <Money amount="560.50" currency="KGS" />
          <Money amount="49.99" currency="USD" from />
          <Money amount="0.00" currency="USD" free />
        </div>
      </Part>

      <Part title="Fields">
        <form className={classes.form}>
          <FormProblem error={new ApiError(409, { detail: "This e-mail address already has an account." })} />
          <TextInput label="E-mail" placeholder="name@example.com" error="Write an e-mail address" />
          <PasswordInput label="Password" description="At least 10 characters" />
          <Select label="City" data={["Almaty", "Astana", "Bishkek", "Osh"]} placeholder="Any" />
          <Checkbox label="Keep me signed in" defaultChecked />
          <Switch label="Free only" />
        </form>
      </Part>

      <Part title="Editing">
        <KitEditing />
      </Part>

      <Part title="Desk">
        <StatTiles>
          <StatTile label="Revenue, 30 days" value={<Money amount="1843500.00" currency="KZT" />} hint="12 % more than before" />
          <StatTile label="Orders" value="214" hint="7 a day" />
          <StatTile label="Tickets left" value="38" hint="of 500" tone="warm" />
          <StatTile label="Checked in" value="0" hint="Starts in 2 days" />
        </StatTiles>
        <SumLine label="The buyer gets back" sum={<Money amount="7000.00" currency="KZT" />} />
        <div className={classes.charts}>
          <ChartCard
            title="Revenue peaks on Saturdays"
            unit="Revenue a day, ₸"
            labelHeader="Day"
            points={revenue}
            format={(value) => <Money amount={String(value)} currency="KZT" />}
          />
          <ChartCard
            title="Check-ins come in one hour"
            unit="People an hour"
            labelHeader="Day"
            kind="line"
            points={revenue}
            format={(value) => value}
          />
        </div>
        <DataTable
          caption="Orders"
          columns={columns}
          rows={orders}
          rowKey={(order) => order.number}
          ordering={ordering}
          onOrdering={setOrdering}
        />
        <Pager page={page} count={95} pageSize={20} onPage={setPage} />
      </Part>

      <Part title="States">
        <div className={classes.cards}>
          <EmptyState title="No event fits these filters" action={<Button>Clear filters</Button>}>
            Try another city or a wider span of dates.
          </EmptyState>
          <ErrorState error={new ApiError(500, { request_id: "7f3c1d9e" })} onRetry={() => undefined} />
          <ListSkeleton rows={3} height={56} />
        </div>
      </Part>
    </>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <Heading level={2} size="small">
        {title}
      </Heading>
      {children}
    </section>
  )
}

interface EventTicketProps {
  title: string
  place: string
  price: string
  currency?: string
  left?: string
}

function EventTicket({ title, place, price, currency = "KZT", left }: EventTicketProps) {
  return (
    <TicketStub
      side="below"
      stub={
        <div className={classes.stub}>
          <Money amount={price} currency={currency} from={price !== "0.00"} free className={classes.price} />
          {left && <StatusPill tone="warm">{left}</StatusPill>}
        </div>
      }
    >
      <Picture image={null} ratio="16 / 9" className={classes.cover} />
      <div className={classes.pass}>
        <DateBlock iso={start} timeZone="Asia/Almaty" />
        <div>
          <Heading level={3} size="title">
            {title}
          </Heading>
          <p className={classes.place}>{place}</p>
        </div>
      </div>
    </TicketStub>
  )
}
