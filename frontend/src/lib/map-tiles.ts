/** Where the pictures of maps come from, as the server says in the page; null where maps do without. */
export function mapTiles(): { address: string; credit: string } | null {
  const tag = document.querySelector<HTMLMetaElement>('meta[name="map-tiles"]')
  return tag ? { address: tag.content, credit: tag.dataset.credit ?? "" } : null
}
