package io.miniplane.server.inventory.infrastructure;

import com.fasterxml.uuid.Generators;
import io.miniplane.server.inventory.Inventory;
import io.miniplane.server.inventory.application.AddProduct;
import io.miniplane.server.inventory.application.BrowseProducts;
import io.miniplane.server.inventory.application.BrowseStockChanges;
import io.miniplane.server.inventory.application.ChangeStock;
import io.miniplane.server.inventory.application.Products;
import io.miniplane.server.inventory.application.ReadProduct;
import io.miniplane.server.inventory.application.ReplaceProduct;
import io.miniplane.server.inventory.application.StockChanges;
import io.miniplane.server.platform.events.EventHandler.Effect;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/** Puts together what can be done with products. */
@Configuration(proxyBeanMethods = false)
class ProductsConfiguration {

    @Bean
    Products products(DatabaseClient database) {
        return new PostgresProducts(database);
    }

    @Bean
    StockChanges stockChanges(DatabaseClient database) {
        return new PostgresStockChanges(database);
    }

    @Bean
    BrowseProducts browseProducts(Products products) {
        return new BrowseProducts(products);
    }

    @Bean
    ReadProduct readProduct(Products products) {
        return new ReadProduct(products);
    }

    @Bean
    AddProduct addProduct(Products products) {
        return new AddProduct(products, Generators.timeBasedEpochRandomGenerator()::generate);
    }

    @Bean
    ReplaceProduct replaceProduct(Products products) {
        return new ReplaceProduct(products);
    }

    @Bean
    ChangeStock changeStock(StockChanges changes, Inventory inventory) {
        return new ChangeStock(
                changes, Generators.timeBasedEpochRandomGenerator()::generate, inventory.effect() == Effect.DATABASE);
    }

    @Bean
    BrowseStockChanges browseStockChanges(ReadProduct readProduct, StockChanges changes) {
        return new BrowseStockChanges(readProduct, changes);
    }
}
