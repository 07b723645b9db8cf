/** A rectangle in the pixels of the picture itself. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** The size a cut-out is written at: never enlarged, never wider than is any use. */
export function cutSize(box: Box, maxWidth: number): { width: number; height: number } {
  const scale = Math.min(1, maxWidth / box.width)
  return { width: Math.max(1, Math.round(box.width * scale)), height: Math.max(1, Math.round(box.height * scale)) }
}

/** Read a picture in the browser, turned as its camera said. Rejects what the browser cannot show. */
export function readPicture(url: string): Promise<HTMLImageElement> {
  const picture = new Image()
  return new Promise((resolve, reject) => {
    picture.addEventListener("load", () => resolve(picture))
    picture.addEventListener("error", () => reject(new TypeError("Not a picture")))
    picture.src = url
  })
}

/** Cut a box out of a picture, as a JPEG on white. */
export async function cut(url: string, box: Box, maxWidth: number): Promise<Blob> {
  const picture = await readPicture(url)
  const canvas = document.createElement("canvas")
  Object.assign(canvas, cutSize(box, maxWidth))
  const pen = canvas.getContext("2d")
  if (!pen) throw new TypeError("No canvas")
  pen.fillStyle = "#fff"
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.imageSmoothingQuality = "high"
  pen.drawImage(picture, box.x, box.y, box.width, box.height, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new TypeError("No picture came out"))), "image/jpeg", 0.92)
  })
}
