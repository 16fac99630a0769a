import type { ListedBreach } from '#app/protection/breaches.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'
import { leftWords } from '#views/protection/clock.tsx'
import { BREACHES_TRAIL, KINDS, TRAIL } from '#views/protection/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Card, EmptyState, Narrow, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, right, Row, Table } from '#views/ui/table.tsx'

type Props = { rows: ListedBreach[], next?: number, actor: Actor, now: string }

export const BreachesPage = ({ rows, next, actor, now }: Props) => (
  <Stack>
    <PageHead title="Kegagalan pelindungan" trail={TRAIL} lead="HP hilang, berkas bocor, akun disalahgunakan: siapa yang terdampak, dan apa yang sudah dilakukan dalam 3 × 24 jam."
      actions={can(actor, 'breach.manage') && <LinkButton tone="primary" href="/protection/breaches/new">Catat kejadian</LinkButton>} />
    <Card>
      {rows.length === 0 ? <EmptyState title="Belum ada kejadian">{can(actor, 'breach.manage') ? 'Catat segera begitu diketahui; waktunya dihitung sejak diketahui.' : 'Kejadian yang menyangkut wilayah Anda tampil di sini.'}</EmptyState> : (
        <>
          <Table caption="Kejadian" hideCaption columns={['Kejadian', 'Jenis', 'Diketahui', right('Rumah tangga'), 'Keadaan']} bodyId="kejadian">
            {rows.map((one) => (
              <Row tone={one.status === 'open' && one.dueAt < now ? 'bad' : undefined}>
                <Cell label="Kejadian" lead><a href={`/protection/breaches/${one.id}`}>{one.about}</a></Cell><Cell label="Jenis">{KINDS[one.kind].label}</Cell>
                <Cell label="Diketahui">{formatDateTime(one.knownAt)}</Cell><Cell label="Rumah tangga" align="right">{one.counting === 'counted' ? formatNumber(one.households) : 'dihitung…'}</Cell>
                <Cell label="Keadaan">{one.status === 'closed' ? <Badge tone="good">Ditutup</Badge> : <Badge tone={one.dueAt < now ? 'bad' : 'warn'}>{leftWords(one.dueAt, now)}</Badge>}</Cell>
              </Row>
            ))}
          </Table>
          <Pager nextHref={next === undefined ? undefined : `/protection/breaches?before=${next}`} bodyId="kejadian" />
        </>
      )}
    </Card>
  </Stack>
)

export const ChooseKindPage = () => (
  <Narrow>
    <PageHead title="Catat kejadian" trail={BREACHES_TRAIL} lead="Apa yang terjadi?" />
    {Object.entries(KINDS).map(([kind, { label, about }]) => (
      <Card title={<a href={`/protection/breaches/new?kind=${kind}`}>{label}</a>}><p>{about}</p></Card>
    ))}
  </Narrow>
)
