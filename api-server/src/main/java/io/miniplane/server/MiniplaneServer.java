package io.miniplane.server;

import io.miniplane.server.platform.tasks.TaskProgram;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The API server of one mini-program. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class MiniplaneServer {

    /** Starts the server, or does the one task that {@code --task} names and ends. */
    public static void main(String[] args) {
        if (TaskProgram.isWanted(args)) {
            System.exit(TaskProgram.run(MiniplaneServer.class, args));
        }
        SpringApplication.run(MiniplaneServer.class, args);
    }
}
