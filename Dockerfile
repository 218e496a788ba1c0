# syntax=docker/dockerfile:1
# Builds the jar and the image that runs it. The jar is unpacked and trained once, so that the application starts from a
# cache of loaded and linked classes; Java 25 makes the best of it.
FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
COPY .mvn .mvn
COPY mvnw pom.xml ./
RUN ./mvnw -q -B dependency:go-offline -DexcludeScope=test
COPY bpmn bpmn
COPY forms forms
COPY src/main src/main
RUN ./mvnw -q -B -DskipTests package && java -Djarmode=tools -jar target/diadromi-*.jar extract --destination /app \
    && mv /app/diadromi-*.jar /app/diadromi.jar

FROM eclipse-temurin:25-jre
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /app diadromi
WORKDIR /app
# A small heap that is collected by one thread and keeps equal texts once, few arenas of the C library beside it, and what the compiler
# needed goes back to the system: enough for all centres. For more, set the variable anew where the container is started.
ENV JDK_JAVA_OPTIONS="-XX:+UseSerialGC -Xmx192m -XX:+UseStringDeduplication -XX:TrimNativeHeapInterval=10000" MALLOC_ARENA_MAX=2
COPY --from=build --chown=diadromi /app /app
USER diadromi
# A first start on a throw-away database up to a ready context, whose loaded classes are kept. Only a start with headers of the same
# kind takes them.
RUN mkdir -p data && java -XX:+UseCompactObjectHeaders -XX:AOTCacheOutput=diadromi.aot -Dspring.context.exit=onRefresh \
      -Dspring.datasource.url=jdbc:h2:mem:training -Ddiadromi.demo=true -jar diadromi.jar >/dev/null
EXPOSE 8080
VOLUME /app/data
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=5 \
    CMD curl -fsS http://localhost:8080/actuator/health/readiness || exit 1
ENTRYPOINT ["java", "-XX:+UseCompactObjectHeaders", "-XX:AOTCache=diadromi.aot", "-jar", "diadromi.jar"]
