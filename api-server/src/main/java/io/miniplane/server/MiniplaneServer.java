package io.miniplane.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The API server of one mini-program. */
@SpringBootApplication
public class MiniplaneServer {

    /** Starts the server. */
    public static void main(String[] args) {
        SpringApplication.run(MiniplaneServer.class, args);
    }
}
