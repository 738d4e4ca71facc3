package io.miniplane.server.platform.crypto;

/** A stored value that no loaded key opens at its location: its key is gone, or the row was tampered with. */
public final class UndecryptableField extends RuntimeException {

    UndecryptableField(FieldLocation location, Throwable cause) {
        super(
                "No loaded key decrypts " + location.table() + "." + location.column() + " of row " + location.row(),
                cause);
    }
}
