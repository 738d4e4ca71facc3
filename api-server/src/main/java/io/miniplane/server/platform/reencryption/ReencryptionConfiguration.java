package io.miniplane.server.platform.reencryption;

import io.micrometer.core.instrument.MeterRegistry;
import io.miniplane.server.platform.AppSettings;
import io.miniplane.server.platform.crypto.EncryptedTable;
import io.miniplane.server.platform.crypto.Keysets;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

@Configuration(proxyBeanMethods = false)
class ReencryptionConfiguration {

    /** A server that does no background work has no table to look after. */
    @Bean
    Reencryption reencryption(
            ReencryptionSettings settings,
            AppSettings app,
            Keysets keysets,
            ObjectProvider<EncryptedTable> declared,
            DatabaseClient database,
            MeterRegistry meters) {
        boolean works = settings.enabled() && app.role().works();
        List<EncryptedTable> tables = works ? declared.orderedStream().toList() : List.of();
        Ledger ledger = new Ledger(database, settings, UUID.randomUUID());
        return new Reencryption(
                tables.stream()
                        .map(table -> new EncryptedRows(
                                table, database, keysets.fieldCipher(), keysets.blindIndex(), settings.batch()))
                        .map(rows -> new TableWork(rows, ledger, keysets::loaded, settings))
                        .toList(),
                settings.check(),
                meters);
    }
}
