package org.diadromi;

/** A rule of the field that an answer breaks. It is the person's to mend: nothing has been recorded. */
public class RuleViolation extends RuntimeException {

    private final Problem problem;
    private final transient Object[] arguments;

    /**
     * @param problem which rule
     * @param arguments what the rule's text names, in its order
     */
    public RuleViolation(Problem problem, Object... arguments) {
        super(problem.name());
        this.problem = problem;
        this.arguments = arguments;
    }

    public Problem problem() {
        return problem;
    }

    public Object[] arguments() {
        return arguments;
    }
}
