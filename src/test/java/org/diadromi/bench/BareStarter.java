package org.diadromi.bench;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * What Camunda's starter gives who adds nothing to it: the engine, its web applications and its REST interface. No component, so that
 * no test of the application finds it.
 */
@EnableAutoConfiguration
public class BareStarter {

    public static void main(String[] args) {
        SpringApplication.run(BareStarter.class, args);
    }
}
