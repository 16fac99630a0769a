import type { SeenAccount } from '#app/access/accounts.ts'
import { REMARKS } from '#views/access/labels.ts'
import { Badge } from '#views/ui/badge.tsx'
import { formatShortDate } from '#views/ui/format.ts'
import { Cell } from '#views/ui/table.tsx'
import { ROLE_LABELS } from '#views/users/labels.ts'

export const ACCOUNT_COLUMNS = ['Nama', 'Peran dan wilayah', 'Terakhir masuk', 'Catatan']

// One account as it was seen, as cells of a row. Only an administrator opens the account itself.
export const AccountCells = ({ seen, linked }: { seen: SeenAccount, linked: boolean }) => (
  <>
    <Cell label="Nama" lead>{linked ? <a href={`/users/${seen.id}`}>{seen.name}</a> : seen.name}<br /><small class="hint">{seen.username}{seen.status === 'invited' && ' · kata sandi masih sementara'}</small></Cell>
    <Cell label="Peran dan wilayah"><div>{ROLE_LABELS[seen.role]}<br /><small class="hint">{seen.places.length > 2 ? `${seen.places.slice(0, 2).join(', ')} dan ${seen.places.length - 2} lainnya` : seen.places.join(', ')}</small></div></Cell>
    <Cell label="Terakhir masuk"><div>{seen.lastSignIn ? formatShortDate(seen.lastSignIn) : 'belum pernah'}<br /><small class="hint">{seen.hasFactor ? 'dua langkah' : 'kata sandi saja'}{seen.passkeys ? ` · ${seen.passkeys} kunci perangkat` : ''}</small></div></Cell>
    <Cell label="Catatan"><div>
      {seen.remarks.length === 0 ? '–' : <ul class="plain">{seen.remarks.map((remark) => <li><Badge tone={REMARKS[remark].tone}>{REMARKS[remark].label}</Badge></li>)}</ul>}
      {seen.others.length > 0 && <small class="hint">Bandingkan: {seen.others.map(({ username, role }) => `${username} (${ROLE_LABELS[role]})`).join(', ')}</small>}
    </div></Cell>
  </>
)
