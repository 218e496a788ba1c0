package org.diadromi.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import org.diadromi.workflow.ProcessBean;
import org.diadromi.workflow.StartForm;
import org.diadromi.workflow.UserTask;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.repository.Repository;
import org.springframework.stereotype.Controller;

/** The rules of docs/adr that the code itself can be held to. */
@AnalyzeClasses(packages = "org.diadromi", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule the_engine_is_imported_by_workflow_and_process_packages_only = noClasses()
            .that()
            .resideOutsideOfPackages("org.diadromi.workflow", "org.diadromi.*.process")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.camunda..")
            .because("moving to another fork of the engine is then a change of imports in few places");

    @ArchTest
    static final ArchRule domains_do_not_know_their_process_packages = noClasses()
            .that()
            .resideOutsideOfPackages("org.diadromi.*.process")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.diadromi.*.process");

    @ArchTest
    static final ArchRule internals_of_the_engine_are_used_in_workflow_only = noClasses()
            .that()
            .resideOutsideOfPackage("org.diadromi.workflow")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.camunda..impl..");

    @ArchTest
    static final ArchRule tasks_and_forms_live_in_process_packages = classes()
            .that()
            .implement(UserTask.class)
            .or()
            .implement(StartForm.class)
            .should()
            .resideInAPackage("org.diadromi.*.process")
            .andShould()
            .bePackagePrivate();

    @ArchTest
    static final ArchRule what_models_may_call_lives_in_process_packages = classes()
            .that()
            .areAnnotatedWith(ProcessBean.class)
            .should()
            .resideInAnyPackage("org.diadromi.*.process", "org.diadromi.workflow");

    @ArchTest
    static final ArchRule only_what_models_call_leaves_a_process_package = classes()
            .that()
            .resideInAPackage("org.diadromi.*.process")
            .and()
            .areTopLevelClasses()
            .and()
            .areNotAnnotatedWith(ProcessBean.class)
            .should()
            .bePackagePrivate();

    @ArchTest
    static final ArchRule controllers_are_package_private =
            classes().that().areAnnotatedWith(Controller.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule repositories_are_package_private =
            classes().that().areAssignableTo(Repository.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule now_is_asked_of_the_one_clock = noClasses()
            .that(areNotTheClockItself())
            .should()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callConstructor(java.util.Date.class);

    @ArchTest
    static final ArchRule beans_are_given_by_constructor = fields().should().notBeAnnotatedWith(Autowired.class);

    private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> areNotTheClockItself() {
        return com.tngtech.archunit.base.DescribedPredicate.describe(
                "are not the clock itself",
                type -> !type.getSimpleName().equals("AppClock")
                        && !type.getSimpleName().equals("DemoClock"));
    }
}
