package io.miniplane.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The API server of one mini-program. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class MiniplaneServer {

    /** Starts the server. */
    public static void main(String[] args) {
        SpringApplication.run(MiniplaneServer.class, args);
    }
}
