import type { PickerLevel } from '#app/regions/picker.ts'
import type { ListedUser } from '#app/users/user-list.ts'
import { RegionPicker } from '#views/regions/picker.tsx'
import { exportHref } from '#views/exports/links.ts'
import { ROLE_LABELS, STATUS_LABELS, STATUS_TONES } from '#views/users/labels.ts'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { SelectField, TextField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Chosen = { q: string, role?: string, status?: string, region: string }
type ListProps = { users: ListedUser[], nextHref?: string, filter: Chosen, levels: PickerLevel[] }

const ROLES = Object.entries(ROLE_LABELS).map(([value, label]) => ({ value, label }))
const STATUSES = Object.entries(STATUS_LABELS).map(([value, label]) => ({ value, label }))

export const UserListPage = ({ users, nextHref, filter, levels }: ListProps) => (
  <>
    <PageHead title="Pengguna" lead="Siapa yang boleh masuk, dengan peran apa, dan di wilayah mana."
      actions={<><LinkButton href="/users/new" tone="primary">Undang pengguna</LinkButton><LinkButton href={exportHref('users', queryOf(filter))}>Ekspor</LinkButton></>} />
    <Filters action="/users" clearHref="/users" label="Saring pengguna">
      <TextField name="q" label="Nama atau nama pengguna" type="search" value={filter.q} />
      <SelectField name="role" label="Peran" options={ROLES} value={filter.role} blank="Semua peran" />
      <SelectField name="status" label="Status" options={STATUSES} value={filter.status} blank="Semua status" />
      <RegionPicker levels={levels} legend="Wilayah tugas" blank="Semua" />
    </Filters>
    <UserTable users={users} nextHref={nextHref} />
  </>
)

const queryOf = (filter: Chosen) => `?${new URLSearchParams(Object.entries(filter).filter((one): one is [string, string] => Boolean(one[1])))}`

export const UserTable = ({ users, nextHref }: Pick<ListProps, 'users' | 'nextHref'>) => users.length === 0
  ? <EmptyState title="Tidak ada pengguna yang cocok">Longgarkan saringan, atau undang pengguna baru.</EmptyState>
  : (
    <>
      <Table caption="Daftar pengguna" hideCaption columns={['Nama', 'Nama pengguna', 'Peran', 'Wilayah', 'Status']} bodyId="pengguna">
        {users.map((user) => <UserRow user={user} />)}
      </Table>
      <Pager nextHref={nextHref} bodyId="pengguna" />
    </>
  )

const UserRow = ({ user }: { user: ListedUser }) => (
  <Row>
    <Cell label="Nama" lead><a href={`/users/${user.id}`}>{user.name}</a></Cell>
    <Cell label="Nama pengguna">{user.username}</Cell>
    <Cell label="Peran">{ROLE_LABELS[user.role]}</Cell>
    <Cell label="Wilayah">{user.places.length > 3 ? `${user.places.slice(0, 2).join(', ')} dan ${user.places.length - 2} lainnya` : user.places.join(', ')}</Cell>
    <Cell label="Status"><Badge tone={STATUS_TONES[user.status]}>{STATUS_LABELS[user.status]}</Badge></Cell>
  </Row>
)
