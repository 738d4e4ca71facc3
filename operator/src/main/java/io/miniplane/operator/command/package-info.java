/** The command line {@code miniplane}, also {@code kubectl miniplane}: what people ask of backends without knowing annotations. */
@org.jspecify.annotations.NullMarked
package io.miniplane.operator.command;
