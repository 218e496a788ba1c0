package org.diadromi;

import org.diadromi.privacy.AuditCheck;
import org.diadromi.privacy.KeyRotation;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts Diadromi: the engine, its web applications and the application's own pages in one process. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class DiadromiApplication {

    public static void main(String[] args) {
        if (AuditCheck.isAskedFor(args)) {
            System.exit(AuditCheck.run(System.out, args));
        }
        if (KeyRotation.isAskedFor(args)) {
            System.exit(KeyRotation.run(System.out, args));
        }
        SpringApplication.run(DiadromiApplication.class, args);
    }
}
