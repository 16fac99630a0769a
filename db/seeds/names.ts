import type { Random } from '#db/seeds/random.ts'

// Javanese names as they go by generation: the grandparents have one, their grandchildren two or three.
const OLD_MEN = `Paijo Paimin Tukiman Wagiman Wagino Ngadimin Ngadiman Sukarno Suparman Suratman Sutrisno Slamet Sarjono Kasiman
  Poniman Poniran Legiman Saliman Samidi Sumardi Suwarno Sukardi Suyono Sugito Sumarno Tugiman Tugiyo Wakidi Wakijan Mujiono
  Parjiyo Parjiman Jumadi Jumeno Kliwon Karto Mugiyono Rejo Sastro Wiryo Marsudi Mardiyono Harjo Ponijo Ngatijo Bejo Waluyo`.split(/\s+/)
const OLD_WOMEN = `Painem Paiyem Tukinah Tukiyem Waginah Wagiyem Ngadinem Ngatinah Sukinah Sumirah Suminah Sutinah Sarinem Kasinem
  Ponirah Poniyem Legiyem Saminah Samiyem Sumarni Suwarni Sukarti Suyatmi Sugiyem Rubinem Tugiyem Wakinah Mujiyem Parjiyem
  Jumirah Juminten Kartini Mugirah Rejeki Wiji Mardinah Marsinah Harjinah Ngatiyem Bariyah Walginah Sadinem Mursiyem`.split(/\s+/)
const MEN = `Sugeng Agus Budi Eko Heru Joko Bambang Slamet Sigit Supriyadi Haryanto Suroto Wahyu Dwi Tri Yulianto Purwanto Widodo Rudi
  Andi Hendro Teguh Yanto Sriyono Iwan Arif Nur Edi Hari Sarwono Basuki Giyanto Mulyadi Riyanto Winarno Triyono`.split(/\s+/)
const WOMEN = `Sri Siti Endang Wahyuni Sumiyati Suryani Rini Yuli Dwi Tri Wiwik Lestari Ningsih Murni Tutik Sulastri Partini Ratna Dewi
  Nurul Titik Eni Yanti Marsiyah Rohmah Istiqomah Umi Isti Suprapti Tumini Retno Warsini Lasmi Jumiati Ari Kusmiyati`.split(/\s+/)
const BOYS = `Aditya Bagas Dimas Fajar Galih Ilham Rizky Yoga Reza Rafi Raka Farhan Naufal Danang Bayu Arya Alif Fauzan Kevin Irfan
  Ridho Satria Wisnu Anggit Rangga Afif Faiz Zidan Gilang Hafiz`.split(/\s+/)
const GIRLS = `Anisa Aulia Dinda Fitri Intan Nabila Putri Rahma Salsa Tiara Zahra Nadia Aisyah Amelia Citra Dian Eka Hana Laras Mutiara
  Nisa Oktavia Rina Safira Vina Widya Yasmin Kirana Khansa Meisya`.split(/\s+/)
const MALE_SECOND = `Riyadi Widodo Santoso Prasetyo Nugroho Wibowo Saputra Kurniawan Setiawan Hidayat Utomo Susanto Raharjo Susilo Purnomo
  Pratama Ardiansyah Wijaya Setyawan Hartono Subagyo Sulistyo Handoko Iswanto Sudarmaji Hermawan Firmansyah Maulana Ramadhan Pamungkas`.split(/\s+/)
const FEMALE_SECOND = `Lestari Rahayu Wahyuni Handayani Astuti Widayati Ningsih Hastuti Rahmawati Utami Susanti Kurniasih Purwanti Mulyani
  Setyowati Wulandari Yuliani Fitriani Sari Puspitasari Maharani Anggraini Safitri Khasanah Hidayati Nurjanah Indriyani Permatasari Kusumawati Pertiwi`.split(/\s+/)

export const DUSUN = `Babakan Karang Sambeng Bodowaluh Kuwaru Ngentak Cangkring Singgelo Jopaten Talkondo Gunturgeni Krajan Kedungbule
  Lopati Mayungan Celan Proketen Nengahan Jragan Tegalrejo Wonotingal Ngepet Kalijurang Malangan Patehan Demangan Puluhan Sogesanden
  Soge Piring Sangkeh Bongos Dayu Ngunan-unan Gokerten Tegalsari Dengokan Baran Bonggalan Kaligondang`.split(/\s+/)
export const TOWNS = ['Bantul', 'Bantul', 'Bantul', 'Bantul', 'Yogyakarta', 'Kulon Progo', 'Sleman', 'Gunungkidul', 'Purworejo', 'Klaten']
export const SCHOOLS = ['SMP Muhammadiyah Boarding School', 'Pondok Pesantren Krapyak', 'SMA Negeri 1 Kretek', 'SMK Ma’arif Wates', 'MAN 2 Bantul']
export const TRADES = [
  [12, 'Warung kelontong'], [12, 'Jualan sayur keliling'], [12, 'Warung angkringan'], [9, 'Membuat emping melinjo'],
  [9, 'Menjahit pakaian'], [9, 'Membuat tempe'], [19, 'Tambal ban dan bengkel'], [13, 'Warung makan'], [6, 'Jual beli ayam kampung'],
] as const

// sex: 1 man, 2 woman. Who is over 58 mostly answers to one name.
export function nameFor(random: Random, sex: 1 | 2, age: number): string {
  const second = random.pick(sex === 1 ? MALE_SECOND : FEMALE_SECOND)
  if (age > 58) {
    const first = random.pick(sex === 1 ? OLD_MEN : OLD_WOMEN)
    return random.chance(0.62) ? first : `${first} ${sex === 1 ? random.pick(['Utomo', 'Raharjo', 'Sudarmo', 'Wiyono', 'Suwito', second]) : random.pick(['Lestari', 'Rahayu', second])}`
  }
  const first = random.pick(age > 26 ? sex === 1 ? MEN : WOMEN : sex === 1 ? BOYS : GIRLS)
  if (first === second || random.chance(age > 26 ? 0.16 : 0.03)) return first
  const middle = age <= 26 && random.chance(0.3) ? ` ${random.pick(sex === 1 ? ['Nur', 'Dwi', 'Tri', 'Adi', 'Eka'] : ['Nur', 'Dwi', 'Tri', 'Ayu', 'Eka'])}` : ''
  return `${first}${middle} ${second}`
}
