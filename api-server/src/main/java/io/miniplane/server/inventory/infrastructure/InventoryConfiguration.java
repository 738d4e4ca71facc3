package io.miniplane.server.inventory.infrastructure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.miniplane.server.inventory.Inventory;
import io.miniplane.server.platform.AppSettings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.r2dbc.core.DatabaseClient;

/** Puts the stock together, ours or the team's. */
@Configuration(proxyBeanMethods = false)
class InventoryConfiguration {

    @Bean
    PostgresInventory postgresInventory(DatabaseClient database, InventorySettings settings) {
        return new PostgresInventory(database, settings.reservationTime());
    }

    @Bean
    @Primary
    Inventory inventory(
            PostgresInventory postgres,
            ObjectProvider<RemoteInventory> remote,
            MeterRegistry meters,
            ObservationRegistry observations) {
        RemoteInventory elsewhere = remote.getIfAvailable();
        return new ObservedInventory(elsewhere == null ? postgres : elsewhere, meters, observations);
    }

    @Bean
    ExpiringReservations expiringReservations(
            PostgresInventory inventory, MeterRegistry meters, InventorySettings settings, AppSettings app) {
        return new ExpiringReservations(
                inventory, meters, settings.expiryInterval(), app.role().works());
    }
}
