import { Cloud } from './cloud.js'

export { Cloud } from './cloud.js'
export type { ContainerCall, DownloadCall, Settings, SocketCall, UploadCall } from './cloud.js'
export { MiniplaneError } from './error.js'
export type { Reason } from './error.js'
export type { Answer, Callbacks, Downloaded, Failed, Headers, SocketTask, Uploaded, Wx } from './wx.js'

/** The backend of this mini-program, in place of `wx.cloud`. */
export const cloud = new Cloud()

export default cloud
