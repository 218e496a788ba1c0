package org.diadromi.process;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Every resource that a class of Camunda's REST interfaces answers, read from its annotations, with what it leads to. */
final class EngineResources {

    /**
     * @param method GET, POST, …
     * @param path below the root, with its variables in braces
     */
    record Call(String method, String path) implements Comparable<Call> {
        @Override
        public int compareTo(Call other) {
            return (path + " " + method).compareTo(other.path + " " + other.method);
        }
    }

    private final Set<Call> calls = new TreeSet<>();
    private final Deque<Class<?>> on = new ArrayDeque<>();

    private EngineResources() {}

    static Set<Call> of(String root, Class<?>... types) {
        EngineResources resources = new EngineResources();
        for (Class<?> type : types) {
            resources.walk(root + path(annotated(type, Path.class)), type);
        }
        return resources.calls;
    }

    private void walk(String path, Class<?> type) {
        if (on.contains(type)) {
            return;
        }
        on.push(type);
        for (Method method : type.getMethods()) {
            Optional<Path> below = annotation(method, Path.class);
            Optional<String> verb = Arrays.stream(declarations(method).toArray(Method[]::new))
                    .flatMap(declared -> Arrays.stream(declared.getAnnotations()))
                    .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                    .filter(http -> http != null)
                    .map(HttpMethod::value)
                    .findFirst();
            if (verb.isPresent()) {
                calls.add(new Call(verb.get(), path + path(below)));
            } else if (below.isPresent() && !method.isBridge()) {
                walk(path + path(below), method.getReturnType());
            }
        }
        on.pop();
    }

    private static String path(Optional<Path> path) {
        String value = path.map(Path::value).orElse("");
        if (value.isEmpty() || value.equals("/")) {
            return "";
        }
        return (value.startsWith("/") ? value : "/" + value).replaceAll("\\{\\s*(\\w+)\\s*:[^}]*}", "{$1}");
    }

    private static <A extends Annotation> Optional<A> annotation(Method method, Class<A> type) {
        return declarations(method)
                .map(declared -> declared.getAnnotation(type))
                .filter(found -> found != null)
                .findFirst();
    }

    private static <A extends Annotation> Optional<A> annotated(Class<?> type, Class<A> annotation) {
        return types(type)
                .map(declared -> declared.getAnnotation(annotation))
                .filter(found -> found != null)
                .findFirst();
    }

    /** The method as its class, superclasses and interfaces declare it: the annotations are on any of them. */
    private static Stream<Method> declarations(Method method) {
        return types(method.getDeclaringClass()).flatMap(type -> {
            try {
                return Stream.of(type.getDeclaredMethod(method.getName(), method.getParameterTypes()));
            } catch (NoSuchMethodException e) {
                return Stream.empty();
            }
        });
    }

    private static Stream<Class<?>> types(Class<?> type) {
        return type == null
                ? Stream.empty()
                : Stream.concat(
                        Stream.of(type),
                        Stream.concat(
                                types(type.getSuperclass()),
                                Arrays.stream(type.getInterfaces()).flatMap(EngineResources::types)));
    }
}
